/** Speaks to a running mall as its administrator, over HTTP. */
import { ADMIN } from "../../bin/client/locate";
import { openMall, PATIENCE, type Mall, type Patience } from "../../bin/client/mall";
import { idMadeBy } from "../../bin/client/keys";
import { readSecret } from "../../bin/folder/folder";
import { issueToken } from "../../services/gateway/tokens";

export interface MallOfFolder {
  readonly url: string;
  readonly dataDir: string;
  readonly patience?: Patience;
}

export async function customerOf({ url, dataDir, patience = PATIENCE }: MallOfFolder): Promise<Mall> {
  const secret = await readSecret(dataDir);
  if (secret === null) throw new Error(`There is no secret in ${dataDir}`);
  return openMall({ url, token: issueToken(secret, ADMIN), connections: 64 }, patience);
}

/** The id of the product that the administrator makes under this key. */
export const productIdOf = (key: string): string => idMadeBy(ADMIN.id, "product.create", key);

/** A command that makes a published product. */
export const creation = (key: string, more: object = {}) => ({
  action: "product.create",
  params: { title: { en: `Lamp ${key}` }, channels: [], publish: true, ...more },
  idempotencyKey: key,
});
