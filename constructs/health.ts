/** How Docker finds out whether a container works. `interval` is what `wait` costs at least. */
export class Health {
  /**
   * A GET that answers below 400, asked inside the container with `curl`, or `wget` where there is none.
   * @param port inside the container
   */
  public static http(port: number, path = '/health'): Health {
    const url = `http://127.0.0.1:${port}${path}`;
    return new Health([
      'CMD-SHELL',
      `if command -v curl >/dev/null; then curl -fsS -o /dev/null ${url}; else wget -q -O /dev/null ${url}; fi`,
    ]);
  }

  /** A program and its arguments, run without a shell. */
  public static command(...argv: readonly string[]): Health {
    return new Health(['CMD', ...argv]);
  }

  /** A line for the container's shell. */
  public static shell(line: string): Health {
    return new Health(['CMD-SHELL', line]);
  }

  private constructor(public readonly test: readonly string[]) {}
}
