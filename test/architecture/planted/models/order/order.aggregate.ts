export const order = { name: "order" };
export interface OrderState {
  readonly status: string;
}
