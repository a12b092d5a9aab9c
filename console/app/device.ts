/**
 * Which browser this is: a word made up once, told at a checkout alone, where the mall looks for frauds. Kept under a
 * name of its own: what a log-in knows a device by (`client/session.ts`) is a secret, and no checkout's business.
 */
import { keep, kept } from "./kept";

let here: string | null = kept("browser");

export function deviceHere(): string {
  here ??= crypto.randomUUID();
  keep("browser", here);
  return here;
}
