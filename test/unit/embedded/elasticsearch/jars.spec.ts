import { downloadedJar, parseLock } from "../../../../embedded/elasticsearch/jars";
import { isNoise, readyUrl } from "../../../../embedded/elasticsearch/java";

const sha256 = "a".repeat(64);

describe("jars.lock", () => {
  it("names what has to arrive", () => {
    expect(parseLock(`${sha256} 114165 HdrHistogram-2.1.9.jar\n`)).toEqual([
      { sha256, bytes: 114165, name: "HdrHistogram-2.1.9.jar" },
    ]);
  });

  it.each([`${sha256} x a.jar`, `short 12 a.jar`, `${sha256} 12 ../a.jar`, `${sha256} 12`])(
    "is refused with the line that is wrong: %s",
    (line) => {
      expect(() => parseLock(`${line}\n`)).toThrow(line);
    },
  );
});

describe("progress", () => {
  it("reads a finished download from what Maven says", () => {
    const line = "[INFO] Downloaded from central: https://repo.example/org/x/lucene-core-10.5.1.jar (4.7 MB at 9 MB/s)";
    expect(downloadedJar(line)).toBe("lucene-core-10.5.1.jar");
  });

  it.each(["[INFO] Downloading from central: https://repo.example/a.jar", "[INFO] Copying a.jar to /tmp/a.jar"])(
    "passes over %s",
    (line) => {
      expect(downloadedJar(line)).toBeUndefined();
    },
  );
});

describe("the launcher's lines", () => {
  it("tell the address when ready", () => {
    expect(readyUrl("ready 127.0.0.1:9200")).toBe("http://127.0.0.1:9200");
  });

  it.each(["already 127.0.0.1:9200", "ready", "ready somewhere:1"])("are not taken for that: %s", (line) => {
    expect(readyUrl(line)).toBeUndefined();
  });

  it("hide what every start says, and nothing else", () => {
    expect(isNoise("WARN Java vector incubator module is not readable")).toBe(true);
    const adapter =
      "[0.2s][warning][aot] Failed to link AdapterHandlerEntry (fp=LLI) to its code in the AOT code cache";
    expect(isNoise(adapter)).toBe(true);
    expect(
      isNoise("[0.2s][warning][aot,codecache,stubs] Saved blob's name 'LLD' is different from the expected name"),
    ).toBe(true);
    expect(isNoise("WARN index is read-only")).toBe(false);
  });
});
