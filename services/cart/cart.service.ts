import { LRUCache } from "lru-cache";
import type { ServiceSchema } from "moleculer";
import { cart, type CartCommands } from "../../models/cart/cart.aggregate";
import {
  cartContract,
  type AddressCart,
  type AddToCart,
  type AskQuote,
  type CartCoupon,
  type CartId,
  type ShipCart,
} from "../../models/cart/cart.contract";
import { own } from "../../models/cart/cart.lines.aggregate";
import type { Quote } from "../../models/cart/cart.quote.contract";
import { recheck } from "../../models/cart/cart.recheck.contract";
import type { CartState, KeptCart, Who } from "../../models/cart/cart.state.contract";
import type { CartGlance, CartView } from "../../models/cart/cart.view.contract";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { refuse } from "../../models/refusals";
import type { ShippingChoices } from "../../models/shipping/shipping.choices.contract";
import { ANONYMOUS, type CallMeta } from "../kernel/call";
import { historyReader, newestOrRefuse, type HistoryReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { aggregateService, type CallSite } from "../kernel/service";
import { offeredHere, refuseCoupon, refuseElsewhere, refuseShipping } from "./admission.service";
import { asCart } from "./facts.service";
import { reckon } from "./reckon.service";
import { binding, glanceOf, viewOf } from "./view.service";

interface Found {
  readonly version: number;
  readonly state: KeptCart;
}

interface Carts {
  readonly whoIs: (meta: CallMeta) => Who;
  /** The cart of whoever asks. @throws NOT_FOUND, CART_FOREIGN */
  readonly of: (named: CartId, site: Pick<CallSite, "meta">) => Promise<Found>;
  /** The same for a command's checks, as this process remembers it. */
  readonly mine: (named: CartId, site: Pick<CallSite, "meta">) => Promise<Found>;
  /** What never changes of it, remembered: whose it is the cart asks again when it decides. */
  readonly head: (named: CartId, site: Pick<CallSite, "meta">) => Promise<CartHead>;
}

type CartHead = Pick<KeptCart, "channelId" | "customerId">;

const HEADS_MAX = 10_000;

function cartsOf(node: Node): Carts {
  const reader = historyReader(node, "cart");
  const whoIs: Carts["whoIs"] = ({ principal }) => ({
    who: {
      id: principal.id === ANONYMOUS.id ? null : principal.id,
      staff: holdsMallWide(node.roles, principal, "cart.write"),
    },
  });
  const heads = new LRUCache<string, CartHead>({ max: HEADS_MAX });
  const from =
    (source: HistoryReader): Carts["of"] =>
    async ({ id }, { meta }) => {
      const { version, state } = await newestOrRefuse<CartState>(source, id, "cart");
      const { who } = whoIs(meta);
      const staff = who.staff || holdsMallWide(node.roles, meta.principal, "cart.read");
      return { version, state: own(state, { who: { ...who, staff } }) };
    };
  const mine = from({ newest: (id) => reader.remembered(id) });
  return {
    whoIs,
    of: from(reader),
    mine,
    async head(named, site) {
      const known = heads.get(named.id);
      if (known) return known;
      const { channelId, customerId } = (await mine(named, site)).state;
      heads.set(named.id, { channelId, customerId });
      return { channelId, customerId };
    },
  };
}

const reckoned = (state: KeptCart, site: CallSite) => reckon(asCart(site), state, new Date().toISOString());

function preparing({ whoIs, mine, head }: Carts) {
  const simply = <P extends object>(params: P, { meta }: CallSite): Promise<P & Who> =>
    Promise.resolve({ ...params, ...whoIs(meta) });
  const put = async (params: AddToCart, site: CallSite): Promise<CartCommands["cart.add"]> => {
    const found = await head(params, site);
    return { ...params, ...whoIs(site.meta), offered: await offeredHere(asCart(site), found, params.offerId) };
  };
  return {
    "cart.add": put,
    "cart.set": put,
    "cart.drop": simply,
    "cart.unredeem": simply,
    "cart.redeem": async (params: CartCoupon, site: CallSite) => {
      await refuseCoupon(asCart(site), (await mine(params, site)).state, params.code);
      return { ...params, ...whoIs(site.meta) };
    },
    "cart.address": async (params: AddressCart, site: CallSite) => {
      await refuseElsewhere(asCart(site), (await mine(params, site)).state, params);
      return { ...params, ...whoIs(site.meta) };
    },
    "cart.ship": async (params: ShipCart, site: CallSite) => {
      refuseShipping(await reckoned((await mine(params, site)).state, site), params);
      return { ...params, ...whoIs(site.meta) };
    },
    "cart.accept": async (params: CartId, site: CallSite) => {
      const { state } = await mine(params, site);
      const { facts, changes } = await reckoned(state, site);
      const choose = changes.flatMap((change) => (change.kind === "shipping" ? [change.sellerId] : []));
      return { ...params, ...whoIs(site.meta), now: recheck(state.lines, facts, choose) };
    },
  };
}

const answering = ({ of }: Carts) => ({
  "cart.get": async (params: CartId, site: CallSite): Promise<CartView> => {
    const { version, state } = await of(params, site);
    return viewOf(version, state, await reckoned(state, site));
  },
  "cart.shipping": async (params: CartId, site: CallSite): Promise<ShippingChoices> => {
    const { state } = await of(params, site);
    return { items: (await reckoned(state, site)).choices };
  },
  "cart.peek": async (params: CartId, site: CallSite): Promise<CartGlance> => {
    const { version, state } = await of(params, site);
    return glanceOf(version, state);
  },
  "cart.quote": async (params: AskQuote, site: CallSite): Promise<Quote> => {
    const { state } = await of(params, site);
    if (state.status !== "open" && state.status !== "locked") {
      refuse("CART_CLOSED", `The cart is ${state.status}; open another one.`, { status: state.status });
    }
    return binding(state, await reckoned(state, site), params.totalMinor);
  },
});

export const cartService = (node: Node): ServiceSchema => {
  const carts = cartsOf(node);
  return aggregateService(node, {
    contract: anyContract(cartContract),
    aggregate: erased(cart),
    // contacts and addresses
    confidential: true,
    prepare: preparing(carts),
    queries: answering(carts),
  });
};
