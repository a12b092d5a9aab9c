/** Deliveries in memory, with the same compare-and-set as the store. */
import type { Delivery, DeliveryStore } from "../../services/kernel/deliveries";

export interface MemoryDeliveries extends DeliveryStore {
  readonly rows: Map<string, Delivery>;
}

export function memoryDeliveries(): MemoryDeliveries {
  const rows = new Map<string, Delivery>();
  const of = (endpoint: string): Delivery[] => [...rows.values()].filter((one) => one.endpoint === endpoint);
  const remove = (gone: (one: Delivery) => boolean): void => {
    for (const one of rows.values()) if (gone(one)) rows.delete(one._id);
  };
  return {
    rows,
    put(deliveries) {
      for (const one of deliveries) if (!rows.has(one._id)) rows.set(one._id, one);
      return Promise.resolve();
    },
    due: (endpoint, now, limit) =>
      Promise.resolve(
        of(endpoint)
          .filter(({ nextAt }) => nextAt !== "" && nextAt <= now)
          .sort((a, b) => (a.nextAt < b.nextAt ? -1 : 1))
          .slice(0, limit),
      ),
    find: (id) => Promise.resolve(rows.get(id) ?? null),
    swap({ _id, turn }, after) {
      const fits = rows.get(_id)?.turn === turn;
      if (fits) rows.set(_id, after);
      return Promise.resolve(fits);
    },
    page: ({ endpoint, status, before, limit }) =>
      Promise.resolve(
        of(endpoint)
          .filter((one) => status === undefined || one.status === status)
          .filter(({ seq }) => before === undefined || seq < before)
          .sort((a, b) => (a.seq < b.seq ? 1 : -1))
          .slice(0, limit),
      ),
    waiting: (endpoint) => Promise.resolve(of(endpoint).filter(({ nextAt }) => nextAt !== "").length),
    deliveredSince: (endpoint, at) =>
      Promise.resolve(of(endpoint).some(({ status, last }) => status === "delivered" && (last?.at ?? "") >= at)),
    forget(before) {
      remove(({ nextAt, seq }) => nextAt === "" && seq < before);
      return Promise.resolve();
    },
    forgetAll(endpoint) {
      remove((one) => one.endpoint === endpoint);
      return Promise.resolve();
    },
  };
}
