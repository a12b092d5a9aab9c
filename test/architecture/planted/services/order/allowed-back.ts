import { allowed } from "./allowed";

export interface Back {
  readonly there: number;
}
export const again = allowed;
