/** A real OpenID provider as a process of its own, and its pages gone through as a browser does. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { projectRoot } from "../../embedded/root";

export interface OpenIdProvider {
  /** What a mall needs to be told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Logs in as whoever has this address; gives what the provider sends back. */
  readonly through: (url: string, login: string) => Promise<Record<string, string>>;
  stop(): Promise<void>;
}

/** Where the provider knows the mall: nobody is there, what it sends is taken to the mall by hand. */
export const REDIRECT = "http://127.0.0.1:9/openid/callback";
const PAGES_MAX = 12;

/** Pages and forms, with the cookies that they set. */
function browser() {
  const cookies = new Map<string, string>();
  return async (at: string, form?: Record<string, string>) => {
    const response = await fetch(at, {
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie)?.slice(1) ?? [];
      cookies.set(name, value);
    }
    return { location: response.headers.get("location"), page: await response.text() };
  };
}

const formOf = (page: string) => ({
  action: /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? "",
  prompt: /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? "",
});

/** Goes from page to page and fills in what it is asked, until the provider sends it back. */
async function through(url: string, login: string): Promise<Record<string, string>> {
  const go = browser();
  let at = url;
  let seen = await go(at);
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const { location, page } = seen;
    if (location?.startsWith(REDIRECT)) return Object.fromEntries(new URL(location).searchParams);
    const { action, prompt } = formOf(page);
    at = new URL(location ?? action, at).href;
    seen = location === null ? await go(at, { prompt, login, password: "any" }) : await go(at);
  }
  throw new Error(`the provider did not send us back; its last page: ${seen.page.slice(0, 500)}`);
}

export async function startOpenIdProvider(): Promise<OpenIdProvider> {
  const script = path.join(projectRoot(), "test/support/openid-provider.mjs");
  const provider = spawn(process.execPath, [script, REDIRECT], { stdio: ["pipe", "pipe", "ignore"] });
  const [line] = (await once(createInterface({ input: provider.stdout }), "line")) as [string];
  const { issuer } = JSON.parse(line) as { issuer: string };
  return {
    env: {
      STOA_OPENID_ISSUER: issuer,
      STOA_OPENID_CLIENT: "stoa",
      STOA_OPENID_SECRET: "a secret of the client",
      STOA_OPENID_REDIRECT: REDIRECT,
    },
    through,
    async stop() {
      const ended = once(provider, "exit");
      provider.stdin.end();
      await ended;
    },
  };
}
