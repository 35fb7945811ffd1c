import { rows } from '../../lib/rows.ts'

/** All nine products of the shop, in catalogue order; names as its HTML writes them. */
export default rows(
  [
    { id: 'OLJCESPC7Z', name: 'Sunglasses' },
    { id: '66VCHSJNUP', name: 'Tank Top' },
    { id: '1YMWWN1N4O', name: 'Watch' },
    { id: 'L9ECAV7KIM', name: 'Loafers' },
    { id: '2ZYFJ3GM2N', name: 'Hairdryer' },
    { id: '0PUK6V6EV0', name: 'Candle Holder' },
    { id: 'LS4PSXUNUM', name: 'Salt &amp; Pepper Shakers' },
    { id: '9SIQT8TOJO', name: 'Bamboo Glass Jar' },
    { id: '6E92ZMYYFZ', name: 'Mug' },
  ],
  { key: 'id' },
)
