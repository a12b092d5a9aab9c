import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { account, type AccountState } from "../../models/account/account.aggregate";
import { accountContract, type AccountGlance, type AccountId } from "../../models/account/account.contract";
import { VERIFY_MINUTES, type AccountView, type OpenAccount } from "../../models/account/account.contract";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

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
      "account.erase": async (params: AccountId) => {
        const row = await reader.newest(params.id);
        const { email } = row ? glance(row.state as AccountState) : NOBODY;
        if (email !== null) await node.identity.mailer.purge(email);
        return params;
      },
      // before it is recorded: what says that the key is gone must be true
      "account.forget": async (params: AccountId) => {
        const row = await reader.newest(params.id);
        if ((row?.state as AccountState | undefined)?.status === "erased") {
          await node.identity.subjects.destroy(params.id);
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
