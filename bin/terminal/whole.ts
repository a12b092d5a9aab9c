/** Reads a whole number from the command line. */
import { InvalidArgumentError } from "commander";

/** @throws InvalidArgumentError, which says what was wanted */
export const whole =
  (min: number, max: number) =>
  (text: string): number => {
    const n = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (n >= min && n <= max) return n;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
