/** What the browser's door takes of k6; a bundle that imports it is a browser's. */
export { browser } from 'k6/browser'
