/** What a node knows people by, in memory: keys of its own, mails in a list, attempts counted here. */
import { createSecretKey, randomBytes } from "node:crypto";
import { createSubjectKeys, memoryKeyRows } from "../../models/kernel/subject-keys";
import { createAccessTokens } from "../../services/kernel/access-token";
import type { Identity } from "../../services/kernel/identity";
import type { KeyRing, RingKey } from "../../services/kernel/key-ring";
import type { Mail } from "../../services/kernel/mail";
import { createKeySeal } from "../../services/kernel/key-seal";
import { createPasswords } from "../../services/kernel/passwords";
import { createPepper } from "../../services/kernel/pepper";
import { memoryThrottle } from "../../services/kernel/throttle";

const key: RingKey = { kid: "0123456789ab", key: createSecretKey(randomBytes(32)) };

export const oneKey: KeyRing = {
  current: () => Promise.resolve(key),
  find: (kid) => Promise.resolve(kid === key.kid ? key : undefined),
};

const SECRET = "a secret for tests that is long enough";

export function memoryIdentity(mails: Mail[] = []): Identity {
  return {
    pepper: createPepper(SECRET),
    passwords: createPasswords(),
    throttle: memoryThrottle(),
    mailer: {
      send: (mail) => mails.push(mail) > 0,
      deliver: (mail) => Promise.resolve(void mails.push(mail)),
      purge: () => Promise.resolve(),
      idle: () => Promise.resolve(),
    },
    accessTokens: createAccessTokens(oneKey),
    subjects: createSubjectKeys(memoryKeyRows(), SECRET),
    seal: createKeySeal(SECRET),
    webhookNetworks: ["127.0.0.0/8"],
    openId: null,
    adminSecondFactor: false,
    publicUrl: "http://127.0.0.1",
    accounts: {},
  };
}
