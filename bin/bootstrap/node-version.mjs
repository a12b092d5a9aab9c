const OLDEST = [20, 19];

/** Why this Node will not do; undefined when it will. */
export function tooOld(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return undefined;
  return (
    `Stoa needs Node ${OLDEST.join(".")} or later, and this is ${version}. ` +
    "Get a newer one from nodejs.org or with a version manager (nvm install 22), then run the same command again."
  );
}
