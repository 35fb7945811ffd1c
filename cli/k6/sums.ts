/**
 * SHA-256 of archives of k6's releases, which a mirror or the release's own host cannot change. Where an archive is not
 * here, the release's checksum file, from the same host, is all there is.
 */
export const SUMS: Readonly<Record<string, string>> = {
  'k6-v2.2.0-linux-amd64.tar.gz': 'b5a8003c86f35f5cd5ceef1490312c48e587696c94d998cefc6d7b3b4cb1597d',
}
