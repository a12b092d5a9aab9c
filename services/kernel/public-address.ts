/**
 * Which addresses of the internet the mall may speak to when somebody else names them: public ones only, and what the
 * configuration adds. What a name stands for is looked up and judged at the moment of connecting, by the very look-up
 * that the connection uses, so that a name cannot stand for one address when it is judged and another when it is used.
 */
import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** IPv4 that is somebody's own, reserved, or for many at once (RFC 6890 and its registry). */
const CLOSED_V4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"],
  ...["192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24"],
  ...["198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
];
/** Of IPv6 only what is given out to the public, without what carries IPv4 addresses within it, or is for examples. */
const OPEN_V6 = ["2000::/3"];
const CLOSED_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const familyOf = (address: string): "ipv4" | "ipv6" => (isIP(address) === 6 ? "ipv6" : "ipv4");

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    const family = familyOf(address);
    list.addSubnet(address, Number(bits ?? (family === "ipv4" ? 32 : 128)), family);
  }
  return list;
}

const closedV4 = listOf(CLOSED_V4);
const openV6 = listOf(OPEN_V6);
const closedV6 = listOf(CLOSED_V6);

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closedV4.check(address, "ipv4");
  return family === 6 && openV6.check(address, "ipv6") && !closedV6.check(address, "ipv6");
}

export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
  readonly code = "ADDRESS_REFUSED";
}

type Lookup = (
  hostname: string,
  options: { readonly all: true },
  done: (error: Error | null, found: LookupAddress[]) => void,
) => void;

export interface Reach {
  /** Whether an address may be spoken to at all. */
  readonly allows: (address: string) => boolean;
  /** Whether it may be spoken to in clear: only in the networks that the configuration names. */
  readonly inClear: (address: string) => boolean;
  /** For `net.connect`: gives allowed addresses alone. */
  readonly lookup: (clear: boolean) => LookupFunction;
}

/** @param networks `10.0.0.0/8`: may be spoken to although they are not public */
export function createReach(networks: readonly string[], lookup: Lookup = systemLookup): Reach {
  const own = listOf(networks);
  const inClear = (address: string): boolean => own.check(address, familyOf(address));
  const allows = (address: string): boolean => isPublicAddress(address) || inClear(address);
  return {
    allows,
    inClear,
    lookup: (clear) => (hostname, options, done) =>
      lookup(hostname, { all: true }, (error, found) => {
        const open = error ? [] : found.filter(({ address }) => (clear ? inClear(address) : allows(address)));
        const [first] = open;
        if (error) done(error, []);
        else if (!first) done(new AddressRefused(`${hostname} is at no address that may be told`), []);
        else if (options.all === true) done(null, open);
        else done(null, first.address, first.family);
      }),
  };
}
