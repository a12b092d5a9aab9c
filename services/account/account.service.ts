import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { isRefusal } from "../../models/kernel/refusal";
import { refuse } from "../../models/refusals";
import { account, type AccountState } from "../../models/account/account.aggregate";
import { accountContract, type AccountGlance, type AccountId } from "../../models/account/account.contract";
import { VERIFY_MINUTES, type AccountView, type OpenAccount } from "../../models/account/account.contract";
import { asMall, typed } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

const VERIFY_WITHIN_MS = VERIFY_MINUTES * 60_000;

const NOBODY: AccountGlance = {
  status: "none",
  email: null,
  emailKey: null,
  loginKeys: [],
  language: "en",
  grants: [],
};

function glance(state: AccountState): AccountGlance {
  if (state.status === "absent") return NOBODY;
  if (state.status === "erased") return { ...NOBODY, status: "erased" };
  const { status, email, emailKey, loginKeys, language, grants } = state;
  return { status, email, emailKey, loginKeys: loginKeys ?? [], language, grants };
}

/** Of the sellers that somebody owns, those that buyers still rely on. */
async function activeSellers({ grants }: AccountGlance, { caller, meta }: CallSite): Promise<readonly string[]> {
  const owned = new Set(
    grants.flatMap(({ role, party }) => (role === "seller-owner" && party !== null ? [party] : [])),
  );
  const call = typed<Calls>(caller, asMall(meta, "peek"));
  const statusOf = async (id: string): Promise<string> => {
    try {
      return (await call("seller.peek", { id })).status;
    } catch (error) {
      // a grant may name whatever party; only sellers are asked about here
      if (isRefusal(error, "NOT_FOUND")) return "none";
      throw error;
    }
  };
  const known = await Promise.all([...owned].map(async (id) => ({ id, status: await statusOf(id) })));
  return known.filter(({ status }) => status === "active").map(({ id }) => id);
}

async function checkOwnsNone(found: AccountGlance, site: CallSite): Promise<void> {
  const [sellerId] = await activeSellers(found, site);
  if (sellerId === undefined) return;
  refuse(
    "ACCOUNT_OWNS_SELLER",
    `This account owns the active seller ${sellerId}: close it first, or have another owner end the membership.`,
    { sellerId },
  );
}

export const accountService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "account");
  return aggregateService(node, {
    contract: anyContract(accountContract),
    aggregate: erased(account),
    confidential: true,
    prepare: {
      "account.open": (params: OpenAccount) => {
        const verifyUntil = new Date(Date.parse(node.clock.now()) + VERIFY_WITHIN_MS).toISOString();
        return Promise.resolve({ ...params, verifyUntil });
      },
      "account.erase": async (params: AccountId, site) => {
        const row = await reader.newest(params.id);
        const found = row ? glance(row.state as AccountState) : NOBODY;
        await checkOwnsNone(found, site);
        const { email } = found;
        if (email !== null) await node.identity.mailer.purge(email);
        return params;
      },
      // before it is recorded: what says that the key is gone must be true
      "account.forget": async (params: AccountId, site) => {
        const row = await reader.newest(params.id);
        if ((row?.state as AccountState | undefined)?.status === "erased") {
          await node.identity.subjects.destroy(params.id);
          const call = typed<Calls>(site.caller, asMall(site.meta, "visitor"));
          await call("visitor.forgetPerson", { personId: params.id });
        }
        return params;
      },
    },
    queries: {
      "account.peek": async ({ id }: AccountId): Promise<AccountGlance> => {
        const row = await reader.newest(id);
        return row ? glance(row.state as AccountState) : NOBODY;
      },
      "account.get": async ({ id }: AccountId): Promise<AccountView> => {
        const { version, state } = await newestOrRefuse<AccountState>(reader, id, "account");
        const { status, email, language, grants } = glance(state);
        const name = state.status === "erased" ? null : (state.name ?? null);
        return { id, version, status: status as AccountView["status"], email, name, language, grants };
      },
    },
  });
};
