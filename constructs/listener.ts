/** How the server takes requests. */
export class Listener {
  /**
   * Plain HTTP, for development alone: tokens cross the container network unencrypted.
   * @param port inside the network; default 8200
   */
  public static http(port = 8200): Listener {
    return new Listener('http', port, undefined);
  }

  /**
   * TLS, with the certificates of the environment's folder.
   *
   * @param minimumVersion the oldest version that is taken; default 1.3. 1.2 for clients that know no better
   * @param port inside the network; default 8200
   */
  public static tls(minimumVersion: '1.2' | '1.3' = '1.3', port = 8200): Listener {
    return new Listener('https', port, minimumVersion);
  }

  private constructor(
    public readonly scheme: 'http' | 'https',
    public readonly port: number,
    /** Not there for plain HTTP. */
    public readonly minimumTlsVersion: '1.2' | '1.3' | undefined,
  ) {}

  /** The address of a server at this host name, at another port where one is published. */
  public address(hostName: string, port = this.port): string {
    return `${this.scheme}://${hostName}:${port}`;
  }
}
