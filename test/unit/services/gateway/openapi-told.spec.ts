import { contracts } from "../../../../models/contracts";
import { EVENT_TYPES } from "../../../../models/webhook/webhook.catalogue.contract";
import { openApi } from "../../../../services/gateway/openapi";

test("the document says of each event what an endpoint is sent", () => {
  const { webhooks } = openApi(contracts) as unknown as {
    webhooks: Record<string, { post: { parameters: object[] } }>;
  };
  expect(Object.keys(webhooks).sort()).toEqual([...EVENT_TYPES].sort());
  expect(webhooks["order.placed"]?.post).toMatchObject({
    parameters: [{ name: "webhook-id" }, { name: "webhook-timestamp" }, { name: "webhook-signature" }],
    requestBody: { content: { "application/json": { schema: { properties: { type: { const: "order.placed" } } } } } },
  });
});
