/** Which browser this is: a word made up once, told at a checkout alone, where the mall looks for frauds. */
import { keep, kept } from "./kept";

let here: string | null = kept("device");

export function deviceHere(): string {
  here ??= crypto.randomUUID();
  keep("device", here);
  return here;
}
