// The environment of a spec: the worker's own world, not a copy of it in a virtual machine, for which everything would
// be loaded anew, and in which each look at a global name costs ten times as much. What a spec leaves behind in it is
// put back when it ends.
const { AsyncLocalStorage } = require("node:async_hooks");
const { LegacyFakeTimers, ModernFakeTimers } = require("@jest/fake-timers");
const { ModuleMocker } = require("jest-mock");

const timerConfig = { idToRef: (id) => ({ id, ref: () => id, unref: () => id }), refToId: (timer) => timer?.id };

/**
 * jest follows a spec through its promises, begins anew with each spec, and never stops following: a worker that has
 * run a hundred of them makes a hundred notes on every promise. Gives back how to end it.
 */
function endFollowing() {
  const { run } = AsyncLocalStorage.prototype;
  const followed = new Set();
  AsyncLocalStorage.prototype.run = function noted(...given) {
    followed.add(this);
    return run.apply(this, given);
  };
  return () => {
    AsyncLocalStorage.prototype.run = run;
    for (const one of followed) one.disable();
  };
}

/** Remembers what a spec may change of its process. Gives back how to put that in its place again. */
function putBack() {
  const { console } = globalThis;
  const { env, exit } = { env: { ...process.env }, exit: process.exit };
  return () => {
    Object.assign(globalThis, { console });
    process.exit = exit;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
  };
}

class OneRealm {
  constructor({ projectConfig: config }) {
    this.endings = [putBack(), endFollowing()];
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    const { global, moduleMocker } = this;
    this.fakeTimers = new LegacyFakeTimers({ config, global, moduleMocker, timerConfig });
    this.fakeTimersModern = new ModernFakeTimers({ config, global });
  }

  async setup() {}

  async teardown() {
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    for (const end of this.endings.splice(0)) end();
  }

  exportConditions() {
    return ["node", "node-addons"];
  }

  /** jest asks whether there is one; what is compiled for it is compiled for this world. */
  getVmContext() {
    return this.global;
  }
}

module.exports = OneRealm;
