/** What a seller does: many prices at once, from a file, and orders as they happen. */
import { faultsOf } from "../../support/browser";
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
