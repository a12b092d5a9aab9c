export const orderContract = { aggregate: "order" };
export interface Order {
  readonly id: string;
}
