// Tells the mall what a visitor does: see README.md.
(() => {
  const mall = new URL(document.currentScript.src).origin;
  const fresh = () => crypto.randomUUID();
  let visitor = fresh();
  let token;
  let queue = [];
  let timer;
  let pause = 1000;

  function kept(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else if (value) localStorage.setItem(key, value);
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }
  const agreed = () => !navigator.globalPrivacyControl && kept("stoa-consent") === "yes";
  const id = () => (agreed() && (kept("stoa-visitor") ?? kept("stoa-visitor", visitor))) || visitor;
  function another() {
    kept("stoa-visitor", null);
    visitor = fresh();
  }
  function post(path, content, leaving) {
    const body = JSON.stringify(content);
    const type = "application/json";
    if (leaving && !token) return { ok: navigator.sendBeacon(mall + path, new Blob([body], { type })) };
    const headers = { "content-type": type, ...(token && { authorization: `Bearer ${token}` }) };
    return fetch(mall + path, { method: "POST", headers, body, keepalive: true }).catch(() => ({ status: 500 }));
  }
  async function flush(leaving) {
    clearTimeout(timer);
    timer = 0;
    const events = queue.splice(0, 100);
    if (!events[0]) return;
    const { status } = await post("/v1/events", { visitorId: id(), consent: agreed(), events }, leaving);
    const again = status === 429 || status >= 500;
    if (again) queue.unshift(...events);
    pause = again ? Math.min(pause * 2, 60000) : 1000;
    if (queue[0]) later();
  }
  const later = () => (timer ||= setTimeout(flush, pause));

  function track(action_name, { productId, position, query, queryId, results, revenue } = {}) {
    const event_attributes = {
      object: productId && { object_id: productId },
      position: position == null ? undefined : { ordinal: +position },
      result_count: results,
      revenue,
    };
    const timestamp = new Date().toISOString();
    const what = { action_name, timestamp, query_id: queryId, user_query: query, event_attributes };
    queue = [...queue, { event_id: fresh(), ...what }].slice(-500);
    later();
  }
  addEventListener("visibilitychange", () => document.hidden && flush(true));
  addEventListener("click", ({ target }) => {
    const near = (name) => target.closest(`[data-stoa-${name}]`)?.getAttribute(`data-stoa-${name}`);
    const productId = near("product");
    if (productId) track("click", { productId, position: near("position"), queryId: near("query") });
  });
  window.stoa = {
    track,
    flush,
    visitor: () => (agreed() ? id() : null),
    async consent(given) {
      const visitorId = id();
      kept("stoa-consent", given ? "yes" : "no");
      if (given) return;
      another();
      await post("/v1/visitors/forget", { visitorId });
    },
    login(accessToken) {
      token = accessToken;
      if (!token) another();
    },
  };
})();
