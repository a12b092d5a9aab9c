/** Ends what engine-setup.ts began. */
import { endOffer } from "./engine-setup";

export default endOffer;
