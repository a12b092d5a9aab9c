/** What a process knows people by, and reaches them by: keys, the mail server, the counts of attempts. */
import path from "node:path";
import { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Config } from "../../moleculer.config";
import { createAccessTokens } from "../../services/kernel/access-token";
import type { Identity } from "../../services/kernel/identity";
import { createKeySeal } from "../../services/kernel/key-seal";
import { loadKeyRing } from "../../services/kernel/key-ring";
import { createMailer, fileDelivery, smtpDelivery } from "../../services/kernel/mail";
import { createOpenId } from "../../services/kernel/openid";
import { createPasswords } from "../../services/kernel/passwords";
import { createPepper } from "../../services/kernel/pepper";
import { memoryThrottle, redisThrottle } from "../../services/kernel/throttle";
import { within } from "../../services/kernel/wait";
import type { Store } from "./store";

export interface IdentityOptions {
  readonly config: Pick<
    Config,
    | "secret"
    | "dataDir"
    | "redisUrl"
    | "smtpUrl"
    | "mailFrom"
    | "publicUrl"
    | "openId"
    | "stripe"
    | "adminSecondFactor"
    | "webhookNetworks"
  >;
  readonly store: Pick<Store, "subjects">;
  readonly log: Logger;
}

export interface OpenedIdentity {
  readonly identity: Identity;
  /** Lets mails under way go out, for a bounded time. */
  readonly close: () => Promise<void>;
}

const MAILS_WITHIN_MS = 5_000;

function connect(redisUrl: string | null, log: Logger): Redis | null {
  if (redisUrl === null) return null;
  const redis = new Redis(redisUrl, { connectTimeout: 1_000, maxRetriesPerRequest: 1, enableOfflineQueue: false });
  redis.on("error", (error: Error) =>
    log.warn({ err: error }, "Redis does not answer: each process counts attempts alone"),
  );
  return redis;
}

export async function openIdentity({ config, store, log }: IdentityOptions): Promise<OpenedIdentity> {
  const { secret, dataDir, redisUrl, smtpUrl, mailFrom, publicUrl, openId, stripe } = config;
  const delivery = smtpUrl === null ? fileDelivery(path.join(dataDir, "mail")) : { deliver: smtpDelivery(smtpUrl) };
  const accessTokens = createAccessTokens(await loadKeyRing({ dataDir, secret }));
  const redis = connect(redisUrl, log);
  const mailer = createMailer({ from: mailFrom, log, ...delivery });
  const identity: Identity = {
    pepper: createPepper(secret),
    passwords: createPasswords(),
    throttle: redis ? redisThrottle(redis) : memoryThrottle(),
    mailer,
    accessTokens,
    subjects: store.subjects,
    seal: createKeySeal(secret),
    webhookNetworks: config.webhookNetworks,
    openId: openId === null ? null : createOpenId(openId),
    adminSecondFactor: config.adminSecondFactor,
    publicUrl,
    accounts: stripe === null ? {} : { stripe },
  };
  return {
    identity,
    async close() {
      await within(MAILS_WITHIN_MS, "Sending the last mails", mailer.idle()).catch((error: unknown) =>
        log.warn({ err: error }, "Mails were left behind"),
      );
      redis?.disconnect();
    },
  };
}
