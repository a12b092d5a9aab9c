// A real OpenID provider for tests: whoever logs in is taken at their word; `unverified@…` has no verified address.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [, , redirectUri] = process.argv;
const server = createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: "stoa", client_secret: "a secret of the client", redirect_uris: [redirectUri] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true, methods: ["S256"] },
  cookies: { keys: ["a key of the provider"] },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, email_verified: !id.startsWith("unverified"), name: `Name of ${id}` }),
  }),
});
server.on("request", provider.callback());
// ends with whoever started it
process.stdin.on("end", () => process.exit(0)).resume();
console.log(JSON.stringify({ issuer }));
