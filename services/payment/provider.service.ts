/** What the mall asks of a payment provider. Each provider is a file of its own; `providers.service.ts` lists them. */
import type { OperationKind, Outcome } from "../../models/payment/payment.operation.contract";

/** One movement, with all that a provider needs to know of its payment. */
export interface Move {
  readonly paymentId: string;
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly amountMinor: number;
  readonly currency: string;
  /** The token by which the provider knows the means of payment. */
  readonly method: string;
  /** The customer has to prove who they are. */
  readonly strong: boolean;
  /** No further capture will follow. */
  readonly final: boolean;
  readonly reason: string | null;
  /** The provider's name for the authorisation; null while it has not answered. */
  readonly authorisation: string | null;
  /** Something was captured, so that a void concerns the rest. */
  readonly captured: boolean;
  /** When it was asked for. */
  readonly at: string;
}

/** What a webhook tells, once its signature is good. */
export interface HeardMove {
  readonly paymentId: string;
  readonly operationId: string;
  readonly outcome: Outcome;
}

export interface PaymentProvider {
  readonly name: string;
  /**
   * Does it, or tells what became of it when it was asked for before: the operation's id makes that one thing.
   * @throws Error when it is not known what became of it
   */
  perform(move: Move): Promise<Outcome>;
  /**
   * What has become of a move that has been answered with a reference, but not settled; `byCustomer`: they say that
   * they did what was asked of them. @throws like `perform`
   */
  look(move: Move, reference: string, byCustomer: boolean): Promise<Outcome>;
  /** Null: it is about nothing that concerns the mall. @throws WEBHOOK_INVALID, WEBHOOK_STALE */
  hear(payload: string, signature: string): HeardMove | null;
}

export type Providers = ReadonlyMap<string, PaymentProvider>;
