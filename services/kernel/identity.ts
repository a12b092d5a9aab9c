/** What services need to know people by, and to reach them. Made once at start. */
import type { SubjectKeys } from "../../models/kernel/subject-keys";
import type { AccessTokens } from "./access-token";
import type { KeySeal } from "./key-seal";
import type { Mailer } from "./mail";
import type { OpenId } from "./openid";
import type { OutsideAccount } from "./outside";
import type { Passwords } from "./passwords";
import type { Pepper } from "./pepper";
import type { Throttle } from "./throttle";

export interface Identity {
  readonly pepper: Pepper;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly mailer: Mailer;
  readonly accessTokens: AccessTokens;
  readonly subjects: SubjectKeys;
  /** For secrets that the mall must be able to use again, and nobody to read. */
  readonly seal: KeySeal;
  /** Null where no provider is configured. */
  readonly openId: OpenId | null;
  /** Whether who works for the mall has to log in with a second factor: see second-factor.ts. */
  readonly adminSecondFactor: boolean;
  /** Where links in mails lead: `https://mall.example`. */
  readonly publicUrl: string;
  /** Networks that may be told although they are not public: see public-address.ts. */
  readonly webhookNetworks: readonly string[];
  /** Accounts at services of others, by the name of the service. */
  readonly accounts: Readonly<Record<string, OutsideAccount>>;
}
