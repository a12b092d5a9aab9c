/** What a seller does: many prices at once, from a file, and orders as they happen. */
import { faultsOf, shoot } from "../../support/browser";
import { to, type Stage } from "./stage";

export function selling(stage: () => Stage): void {
  it("changes many prices at once, and brings in a file with a report", async () => {
    const { seller } = stage();
    await to(seller, "/seller/listings");
    const ticks = seller.getByRole("checkbox");
    const skus = await seller.locator("tbody td:nth-child(2) a").allInnerTexts();
    await ticks.nth(0).check();
    await ticks.nth(1).check();
    await seller.getByLabel("By percent").fill("-5");
    await seller.getByRole("button", { name: "Change the prices" }).click();
    await seller.getByText("2 done, 0 not.").waitFor();
    await seller.getByText("Bring in prices and stock from a file").click();
    const csv = `sku,price,stock\n${skus[2] ?? ""},12.50,\nNO-SUCH,1,2\n`;
    const file = { name: "prices.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
    await seller.getByLabel("File (CSV)").setInputFiles(file);
    await seller.getByRole("button", { name: "Bring in 2 rows" }).click();
    await seller.getByText("1 done, 1 not.").waitFor();
    await seller.getByText("You have no article NO-SUCH.").waitFor();
    expect(await faultsOf(seller)).toEqual([]);
  });

  it("changes what the next invoices say of it; a number that is none is not taken", async () => {
    const { seller } = stage();
    await to(seller, "/seller/money");
    const business = seller.getByRole("form", { name: "The business" });
    await business.getByLabel("City").fill("Potsdam");
    await business.getByRole("button", { name: "Save" }).click();
    await business.getByText("Your next papers say so.").waitFor();
    const tax = seller.getByRole("form", { name: "Tax" });
    await tax.getByLabel("VAT number").fill("DE136695977");
    await tax.getByRole("button", { name: "Save" }).click();
    await tax.getByText(/none of DE/).waitFor();
    expect(await faultsOf(seller)).toEqual([]);
    await shoot(seller, "imprint");
  });

  it("says what changed on a shelf, and why: something is spoilt, and then it is counted", async () => {
    const { seller } = stage();
    await to(seller, "/seller/stock");
    const row = seller.locator("tbody tr").first();
    const sku = await row.locator("a").first().innerText();
    const record = async (what: string, pieces: string, then: string): Promise<void> => {
      await row.getByLabel("What changed").selectOption({ label: what });
      await row.getByLabel(`Pieces of ${sku}`).fill(pieces);
      await row.getByRole("button", { name: "Record" }).click();
      await row.getByText(new RegExp(`: ${then}(, |$)`)).waitFor();
    };
    await record("counted", "90", "90");
    await record("damaged", "2", "88");
    await record("came in", "3", "91");
    expect(await faultsOf(seller)).toEqual([]);
    await shoot(seller, "shelf");
  });

  it("puts a product on sale where the mall proposes, and warns of one that is there already", async () => {
    const { seller } = stage();
    await to(seller, "/search?q=lamp");
    const known = await seller.locator(".card a").first().innerText();
    await to(seller, "/seller/listings");
    await seller.getByRole("link", { name: "Add a listing" }).click();
    await seller.getByLabel("Title").fill(known);
    await seller.getByLabel("Article").fill("NEW-1");
    await seller.getByLabel(/^Price/).fill("24.90");
    await seller.getByLabel("Pieces that you have").fill("3");
    await seller.getByRole("button", { name: "Look it over" }).click();
    await seller.getByRole("heading", { name: "What the mall proposes" }).waitFor();
    expect(await faultsOf(seller)).toEqual([]);
    await shoot(seller, "seller-proposed");
    await seller.getByRole("radio").first().check();
    await seller.getByLabel("material").selectOption({ index: 1 });
    await seller.getByRole("button", { name: "Put it on sale" }).click();
    await seller.getByText("It is on sale.").waitFor();
    await to(seller, "/seller/listings");
    await seller.getByRole("textbox", { name: "Article number" }).fill("NEW-1");
    await seller.keyboard.press("Enter");
    await seller.getByRole("row").filter({ hasText: "NEW-1" }).waitFor();
  });

  it("offers a product that is there already, when the seller says that it is the same", async () => {
    const { seller } = stage();
    await to(seller, "/search?q=headphones");
    const known = await seller.locator(".card a").first().innerText();
    await to(seller, "/seller/listings/new");
    await seller.getByLabel("Title").fill(known);
    await seller.getByLabel("Article").fill("SAME-1");
    await seller.getByLabel(/^Price/).fill("9.90");
    await seller.getByLabel("Pieces that you have").fill("2");
    await seller.getByRole("button", { name: "Look it over" }).click();
    const double = seller.locator(".notice").filter({ hasText: "This may be on sale already" }).first();
    const there = await double.getByRole("link").getAttribute("href");
    await double.getByRole("button", { name: "It is the same" }).click();
    await seller.getByText("You offer the product that is there:").waitFor();
    await seller.getByLabel("Which one").selectOption({ index: 1 });
    expect(await faultsOf(seller)).toEqual([]);
    await seller.getByRole("button", { name: "Offer it at your price" }).click();
    await seller.getByText("It is on sale.").waitFor();
    // no second product: the offer stands beside the others of the one that is there
    expect(await seller.getByRole("link", { name: "See it in the shop" }).getAttribute("href")).toBe(there);
  });

  it("shows a seller what happens as it happens, and lets the goods go", async () => {
    const { seller } = stage();
    await to(seller, "/seller");
    await seller.locator(".live-dot.on").waitFor();
    await to(seller, "/seller/orders");
    await seller.getByRole("row").filter({ hasText: "placed" }).first().getByRole("link").click();
    await seller.getByLabel("Tracking number").fill("0034 1");
    await seller.getByRole("button", { name: "Everything is on its way" }).click();
    await seller.getByRole("heading", { name: "Parcels" }).waitFor();
    expect(await faultsOf(seller)).toEqual([]);
  });
}
