/** Hosts that measure, advertise, chat or report errors: they belong to no journey. */
const HOSTS =
  /(?:^|\.)(?:google-analytics|analytics\.google|googletagmanager|doubleclick|googlesyndication|googleadservices|hotjar|segment|mixpanel|amplitude|heap(?:analytics)?|fullstory|clarity|newrelic|nr-data|datadoghq|browser-intake-datadoghq|sentry|bugsnag|rollbar|optimizely|launchdarkly|intercom|intercomcdn|hubspot|hs-analytics|matomo|plausible|posthog|quantserve|scorecardresearch|criteo|taboola|outbrain|adnxs|bat\.bing|connect\.facebook|facebook|linkedin|licdn|tiktok|snapchat|cookielaw|onetrust|cookiebot|usercentrics|drift|zopim|crazyegg|mouseflow|speedcurve|bluekai|demdex|omtrdc|everesttech|chartbeat)\.(?:com|net|io|org|ms|ai|eu|cloud)$/i
/** Paths of such a service on a host of one's own. */
const PATHS =
  /\/(?:g|j|r)?\/?collect$|\/api\/\d+\/(?:envelope|store)\/?$|\/(?:beacon|rum|faro|telemetry|pixel|csp-report)(?:\/|\.\w+)?$|\/(?:matomo|piwik)\.php$|\/cdn-cgi\/rum/i

/** Whether a request only reports what a visitor does. */
export const isTracker = (url: URL): boolean => HOSTS.test(url.hostname) || PATHS.test(url.pathname)
