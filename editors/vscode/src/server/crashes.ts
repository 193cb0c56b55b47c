const longestRow = 4;
const spanMilliseconds = 180_000;

/** Whether a server that has ended is started again: not when it ends for the fifth time within three minutes. */
export class Crashes {
  private times: number[] = [];

  /** @param now Milliseconds of any clock that goes forward. */
  mayStartAgain(now: number): boolean {
    this.times = [...this.times.filter((time) => now - time < spanMilliseconds), now];
    return this.times.length <= longestRow;
  }
}
