/** Where a seller keeps its goods: the places that stock is counted at. */
import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { idSchema, plainText, textSchema, versionSchema, type Text } from "../kernel/text";

/** A seller and a code name a location, for good. */
export interface LocationKey {
  readonly sellerId: string;
  /** Names it in URLs, and in stock: `berlin`, `store-12`. */
  readonly code: string;
}

export interface Address {
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly city: string;
  /** Some countries have none. */
  readonly postalCode?: string;
}

export interface OpenLocation extends LocationKey {
  readonly name: Text;
  readonly address: Address;
}

export interface ReviseLocation extends LocationKey {
  readonly name?: Text;
  readonly address?: Address;
}

/** Back to the name and the address of an earlier version. */
export interface RevertLocation {
  readonly id: string;
  readonly version: number;
}

export interface LocationView extends OpenLocation {
  readonly id: string;
  readonly version: number;
  readonly status: "open" | "closed";
}

/** What others need to know before they name a location. */
export interface LocationGlance {
  readonly status: "open" | "closed" | "absent";
  /** Whether the seller has any location at all. */
  readonly any: boolean;
}

export interface ListLocations {
  readonly sellerId: string;
  readonly limit: number;
  /** The code that the page before ended with. */
  readonly after?: string;
}

export interface ListedLocations {
  readonly items: LocationView[];
}

export interface LocationCalls {
  "location.open": { params: OpenLocation; result: Receipt };
  "location.revise": { params: ReviseLocation; result: Receipt };
  "location.revert": { params: RevertLocation; result: Receipt };
  "location.close": { params: LocationKey; result: Receipt };
  "location.reopen": { params: LocationKey; result: Receipt };
  "location.get": { params: LocationKey; result: LocationView };
  "location.peek": { params: LocationKey; result: LocationGlance };
  "location.list": { params: ListLocations; result: ListedLocations };
}

/** Ids of one seller's locations begin alike, so that it is one look whether there are any. */
export const locationPrefixOf = (sellerId: string): string => `${derivedId("location", sellerId)}-`;

export const locationIdOf = ({ sellerId, code }: LocationKey): string =>
  locationPrefixOf(sellerId) + derivedId("location", sellerId, code);

export const locationCodeSchema = plainText(32).pattern(/^[a-z0-9][a-z0-9-]*$/, "location code");

const id = idSchema.required();
const key = { sellerId: id, code: locationCodeSchema.required() };
const name = textSchema(200);
const address = Joi.object<Address, true>({
  country: Joi.string()
    .pattern(/^[A-Z]{2}$/, "ISO 3166 country")
    .required(),
  city: plainText(100).min(1).required(),
  postalCode: plainText(16).min(1),
});
const path = "/v1/sellers/{sellerId}/locations/{code}";
const owned = { owner: { field: "sellerId" } } as const;
const command = { kind: "command", permission: "location.write", ...owned } as const;
const write = { ...command, keyOf: locationIdOf } as const;
const byKey = Joi.object<LocationKey, true>(key);

const view = Joi.object<LocationView, true>({
  ...key,
  id,
  version: versionSchema.required(),
  status: Joi.string().valid("open", "closed").required(),
  name: name.required(),
  address: address.required(),
});

export const locationContract: Contract<LocationCalls> = {
  aggregate: "location",
  actions: {
    "location.open": {
      ...write,
      summary: "Open a location of a seller; from the first one on, its stock lies only at its locations",
      params: Joi.object<OpenLocation, true>({ ...key, name: name.required(), address: address.required() }),
      http: { method: "PUT", path },
    },
    "location.revise": {
      ...write,
      summary: "Change a location's name or address",
      params: Joi.object<ReviseLocation, true>({ ...key, name, address }).or("name", "address"),
      http: { method: "PATCH", path },
    },
    "location.revert": {
      ...command,
      key: "id",
      summary: "Bring back a location's name and address of an earlier version; reached by restoring its history",
      params: Joi.object<RevertLocation, true>({ id, version: versionSchema.required() }),
      restores: ["name", "address"],
    },
    "location.close": {
      ...write,
      summary: "Close a location: no stock is changed there any more",
      params: byKey,
      http: { method: "POST", path: `${path}/close` },
    },
    "location.reopen": {
      ...write,
      summary: "Open a closed location again",
      params: byKey,
      http: { method: "POST", path: `${path}/reopen` },
    },
    "location.get": {
      kind: "query",
      keyOf: locationIdOf,
      summary: "One location of a seller",
      params: byKey,
      result: view,
      permission: "location.read",
      ...owned,
      http: { method: "GET", path },
    },
    "location.peek": {
      kind: "query",
      keyOf: locationIdOf,
      summary: "Whether a location exists and is open, for other services",
      params: byKey,
      permission: PUBLIC,
      owner: "platform",
    },
    "location.list": {
      kind: "query",
      summary: "The locations of a seller, by code",
      params: Joi.object<ListLocations, true>({
        sellerId: id,
        limit: Joi.number().integer().min(1).max(200).default(50),
        after: locationCodeSchema,
      }),
      result: Joi.object<ListedLocations, true>({ items: Joi.array().items(view).max(200).required() }),
      permission: "location.read",
      ...owned,
      http: { method: "GET", path: "/v1/sellers/{sellerId}/locations" },
    },
  },
};
