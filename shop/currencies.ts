/** Nanos in one unit of a currency. */
export const NANOS_PER_UNIT = 1_000_000_000n

/** Nanos in a hundredth of a unit. */
export const NANOS_PER_CENT = 10_000_000n

/** What `rateOf` is multiplied by. */
export const RATE_SCALE = 10_000n

const PER_EURO: Readonly<Record<string, number>> = {
  EUR: 1,
  USD: 1.1305,
  JPY: 126.4,
  BGN: 1.9558,
  CZK: 25.592,
  DKK: 7.4609,
  GBP: 0.8597,
  HUF: 315.51,
  PLN: 4.2996,
  RON: 4.7463,
  SEK: 10.5375,
  CHF: 1.136,
  ISK: 136.8,
  NOK: 9.804,
  HRK: 7.421,
  RUB: 74.4208,
  TRY: 6.1247,
  AUD: 1.6072,
  BRL: 4.2682,
  CAD: 1.5128,
  CNY: 7.5857,
  HKD: 8.8743,
  IDR: 15999.4,
  ILS: 4.0875,
  INR: 79.432,
  KRW: 1275.05,
  MXN: 21.7999,
  MYR: 4.6289,
  NZD: 1.6679,
  PHP: 59.083,
  SGD: 1.5349,
  THB: 36.012,
  ZAR: 16.0583,
}

const RATES = new Map(
  Object.entries(PER_EURO).map(([code, rate]) => [code, BigInt(Math.round(rate * Number(RATE_SCALE)))]),
)

/** Units of `code` per euro times `RATE_SCALE`; undefined for a code that the shop cannot convert. */
export const rateOf = (code: string): bigint | undefined => RATES.get(code)

/** The 33 codes that convert. */
export const CONVERTIBLE: readonly string[] = [...RATES.keys()]

/** The six codes of the currency form, in its order. */
export const OFFERED: readonly string[] = ['EUR', 'USD', 'JPY', 'GBP', 'TRY', 'CAD']

const LOGOS = new Map(Object.entries({ JPY: '¥', EUR: '€', TRY: '₺', GBP: '£' }))

/** The sign printed before an amount; `$` for every code without one of its own. */
export const logoOf = (code: string): string => LOGOS.get(code) ?? '$'

const ISO_4217 = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD ' +
    'CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP ' +
    'GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW ' +
    'KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN ' +
    'NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL ' +
    'SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VES VND ' +
    'VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWL'
  ).split(' '),
)

/** Whether the currency form takes `code`: upper case ISO 4217 of today, so no HRK, though it converts. */
export const isIso4217 = (code: string): boolean => ISO_4217.has(code)
