/**
 * A contract is what others may know of an aggregate: its actions by wire name, the shape of their params, who may
 * call them and who owns the thing. Validation, permission checks, routing, HTTP routes and the OpenAPI document
 * all come from this one declaration, so that they cannot disagree.
 */
import type { ObjectSchema } from "joi";

/**
 * `create` makes a new aggregate (its id is derived from the command id), `command` changes one, `query` none. A
 * `procedure` sends commands to several and answers with a result of its own: its params come in the body, and the
 * ids of what it sends derive from its own command id, so that repeating it does nothing twice.
 */
export type ActionKind = "create" | "command" | "query" | "procedure";

export interface HttpRoute {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `/v1/products/{id}`: names in braces are params; the rest comes from the query (GET) or the body. */
  readonly path: string;
}

/**
 * Who owns the thing: the mall itself, the party named by this field of the params or of the state, or whoever calls:
 * an action on the caller's own account can concern nobody else.
 */
export type Owner = "platform" | "caller" | { readonly field: string };

/** Open to everybody, also without a login. */
export const PUBLIC = "public";

/** Who asks, as far as it matters to whether a second person has to approve. */
export interface Asking {
  /** By a role of the whole mall, not of a party alone. */
  readonly forMall: boolean;
}

/** Of an answer that has personal fields in clear. */
export interface Discloses<R> {
  /** Ids of the data subjects whose they are; none where the answer has none of them. */
  of(result: R): readonly string[];
  /** Of an action that is open to everybody: the permission by which people of the mall do it. */
  readonly by?: string;
}

export interface ActionContract<P = Readonly<Record<string, unknown>>, R = unknown> {
  readonly kind: ActionKind;
  readonly summary: string;
  /** `Joi.object<P, true>`: unknown keys refused at every depth, every string and array bounded. */
  readonly params: ObjectSchema<P>;
  /** What a query or a procedure answers, for readers of the OpenAPI document; a test holds real answers against it. */
  readonly result?: ObjectSchema<R>;
  /**
   * The param that names the aggregate: calls with the same value go to the same node. Required for a command. With
   * `keyOf` the id is derived from several params instead (a stock is found by offer and location).
   */
  readonly key?: keyof P & string;
  readonly keyOf?: (params: P) => string;
  /** True for a command that is, or mostly is, the first one of its thing: that is not looked for, the insert tells. */
  readonly first?: boolean;
  /** `product.write`; `PUBLIC` is the only way to need none. */
  readonly permission: string;
  /**
   * Whose permission it takes. `platform`: only who holds it for the whole mall. A field: also the party that it names,
   * in params, in state (commands) and in result (queries), wherever it stands; where it stands nowhere, the mall.
   */
  readonly owner: Owner;
  /**
   * For a command `{ id, version }` that brings an old version's content back: the fields of the state that are
   * content. Never quantities, money, credentials, or where a thing stands in its life. See `restoring.ts`.
   */
  readonly restores?: readonly string[];
  /** Names the channel, or channels, that the action concerns: grants may be limited to some. Read like `owner`. */
  readonly channel?: { readonly field: string };
  /**
   * True: a person's call becomes a request, and is carried out when a second person has approved it. A function: those
   * calls alone of which it says so; then whoever holds the mall's own secret needs nobody, for a mall begins with one.
   * `by-state`: those that the aggregate refuses with SECOND_PERSON, because of what was done before.
   */
  readonly fourEyes?: true | "by-state" | ((params: P, by: Asking) => boolean);
  /** Whose personal fields the answer shows: when the mall's people see another's, that is kept as a fact. */
  readonly discloses?: Discloses<R>;
  /** Left out for an action that only other services call. */
  readonly http?: HttpRoute;
}

/** What an action takes and gives. */
export interface Call {
  readonly params: object;
  readonly result: unknown;
}

/** A contract's actions, one per wire name of `Calls`. */
export type Actions<Calls> = {
  readonly [N in keyof Calls]: Calls[N] extends { params: infer P; result: infer R } ? ActionContract<P, R> : never;
};

export interface Contract<Calls = Record<string, Call>> {
  readonly aggregate: string;
  readonly actions: Actions<Calls>;
}

export interface AnyContract {
  readonly aggregate: string;
  readonly actions: Readonly<Record<string, ActionContract>>;
}

/** An action that is reached over HTTP. */
export type RoutedAction = ActionContract & { readonly http: HttpRoute };

export const isRouted = (action: ActionContract): action is RoutedAction => action.http !== undefined;

/** Forgets the types of a contract, for mechanisms that treat all alike. */
export const anyContract = <Calls>(contract: Contract<Calls>): AnyContract => contract as unknown as AnyContract;

/** Where a written thing will appear on the read side: a document of a projection. */
export interface Target {
  readonly projection: string;
  readonly id: string;
}

/** The answer to every command: which version it made. A pure function of its row. */
export interface Receipt {
  readonly id: string;
  readonly version: number;
  readonly committedAt: string;
  /** The commit and the documents in which it will be seen: a query that brings this waits for them. */
  readonly wrote: WriteMark;
}

/** The content of a consistency token. */
export interface WriteMark {
  /** `offer/<id>`: how a document's `sources` name the aggregate. */
  readonly source: string;
  readonly version: number;
  readonly targets: readonly Target[];
}
