// System tests run the build: it is brought up to date before the first of them.
import { build } from "../../bin/build.mjs";

export default async () => {
  await build();
};
