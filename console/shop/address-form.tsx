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

function typedIn({ contact, shippingAddress: to }: CartView, first: string): Typed {
  const who = person.get();
  return {
    email: contact?.email ?? who?.email ?? "",
    name: to?.name ?? who?.name ?? "",
    street: to?.street ?? "",
    postalCode: to?.postalCode ?? "",
    city: to?.city ?? "",
    country: to?.country ?? first,
  };
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
        <Field
          label={t("signIn.email")}
          type="email"
          complete="email"
          {...{ required: true, max: 254 }}
          value={typed.email}
          change={set("email")}
        />
        <Field label={t("signIn.name")} complete="name" required value={typed.name} change={set("name")} />
        <Field
          label={t("address.street")}
          complete="street-address"
          required
          value={typed.street}
          change={set("street")}
        />
        <Field
          label={t("address.postalCode")}
          complete="postal-code"
          {...{ required: true, max: 20 }}
          value={typed.postalCode}
          change={set("postalCode")}
        />
        <Field label={t("address.city")} complete="address-level2" required value={typed.city} change={set("city")} />
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
