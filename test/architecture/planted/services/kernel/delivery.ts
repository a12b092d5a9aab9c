export interface Reader {
  readonly name: string;
}
