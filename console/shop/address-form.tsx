/** Who buys, and where it goes to. */
import { useState } from "preact/hooks";
import type { CartView } from "../../models/cart/cart.view.contract";
import { channel } from "../app/market";
import { useStore } from "../app/store";
import { ask } from "../client/ask";
import { person } from "../client/session";
import { Choice, Field, Form } from "../parts/fields";
import { Button } from "../parts/pieces";
import { locale, t } from "../words/words";

interface AddressFormProps {
  readonly view: CartView;
  readonly change: (work: () => Promise<unknown>) => void;
  readonly busy: boolean;
}

interface Typed {
  readonly email: string;
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

const NOTHING: Typed = { email: "", name: "", street: "", postalCode: "", city: "", country: "" };

/** What the cart knows already, else what is known of who is signed in. */
function typedIn({ contact, shippingAddress }: CartView, first: string): Typed {
  const who = person.get();
  const own = { email: who?.email ?? "", name: who?.name ?? "", country: first };
  return { ...NOTHING, ...own, ...(contact && { email: contact.email }), ...shippingAddress };
}

const countryName = (code: string): string => new Intl.DisplayNames(locale(), { type: "region" }).of(code) ?? code;

function Known({ typed, edit }: { readonly typed: Typed; readonly edit: () => void }) {
  const { name, street, postalCode, city, country, email } = typed;
  return (
    <div class="known">
      <p>
        {name}, {street}, {postalCode} {city}, {countryName(country)}
        <br />
        <span class="soft">{email}</span>
      </p>
      <Button small onClick={edit}>
        {t("checkout.edit")}
      </Button>
    </div>
  );
}

const FIELDS = [
  { name: "email", label: "signIn.email", type: "email", complete: "email", max: 254 },
  { name: "name", label: "signIn.name", type: "text", complete: "name", max: 200 },
  { name: "street", label: "address.street", type: "text", complete: "street-address", max: 200 },
  { name: "postalCode", label: "address.postalCode", type: "text", complete: "postal-code", max: 20 },
  { name: "city", label: "address.city", type: "text", complete: "address-level2", max: 200 },
] as const;

export function AddressForm({ view, change, busy }: AddressFormProps) {
  const countries = useStore(channel)?.countries ?? ["DE"];
  const [typed, setTyped] = useState(() => typedIn(view, countries[0] ?? "DE"));
  const [editing, setEditing] = useState(view.shippingAddress === null);
  if (!editing) return <Known typed={typed} edit={() => setEditing(true)} />;
  const set = (name: keyof Typed) => (value: string) => setTyped((before) => ({ ...before, [name]: value }));
  const send = (): void => {
    const { email, ...shippingAddress } = typed;
    change(async () => {
      await ask("cart.address", { id: view.id, contact: { email, name: typed.name }, shippingAddress });
      setEditing(false);
    });
  };
  const options = countries.map((value) => ({ value, text: countryName(value) }));
  return (
    <Form send={send} label={t("checkout.where")}>
      <div class="address">
        {FIELDS.map(({ name, label, ...rest }) => (
          <Field key={name} label={t(label)} required {...rest} value={typed[name]} change={set(name)} />
        ))}
        <Choice label={t("address.country")} value={typed.country} options={options} change={set("country")} />
      </div>
      <div class="actions">
        <Button kind="main" type="submit" busy={busy}>
          {t("checkout.goOn")}
        </Button>
      </div>
    </Form>
  );
}
