/** Bundles what a browser needs of a report: its script and its style, each as one text. */
export function bundlePage(): Promise<{ script: string; style: string }>
