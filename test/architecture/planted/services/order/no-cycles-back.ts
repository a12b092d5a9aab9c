import { there } from "./no-cycles";

export const back = (): unknown => there;
