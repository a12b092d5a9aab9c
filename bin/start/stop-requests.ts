/** Ctrl-C and SIGTERM: the first asks to stop, the second insists. */

export interface StopRequests {
  /** Resolves with the name of the first signal. */
  readonly first: Promise<NodeJS.Signals>;
}

export function stopRequests(): StopRequests {
  let asked = 0;
  const first = new Promise<NodeJS.Signals>((resolve) => {
    const heard = (signal: NodeJS.Signals): void => {
      asked += 1;
      // children go with their pipes
      if (asked > 1) process.exit(130);
      resolve(signal);
    };
    process.on("SIGINT", heard);
    process.on("SIGTERM", heard);
  });
  return { first };
}
