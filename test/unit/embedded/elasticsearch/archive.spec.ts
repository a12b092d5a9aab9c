import { archiveFault, archiveFor, untold } from "../../../../embedded/elasticsearch/archive";

const jdk = (major: number) => ({ home: "/jdk", major, version: `${major}.0.1` });

describe("the archive of a start", () => {
  it("keeps what was learnt about methods where the JDK can, and the classes alone where not", () => {
    expect(archiveFor(jdk(25)).using("/a.aot")).toContain("-XX:AOTCache=/a.aot");
    for (const major of [21, 24])
      expect(archiveFor(jdk(major)).using("/a.jsa")).toContain("-XX:SharedArchiveFile=/a.jsa");
    expect(archiveFor(jdk(25)).name).not.toBe(archiveFor(jdk(24)).name);
  });

  it.each([21, 25])("is held against its sums on JDK %i, for a damaged one would crash the machine", (major) => {
    expect(archiveFor(jdk(major)).using("/a")).toContain("-XX:+VerifySharedSpaces");
  });

  it.each([
    ["[0.028s][warning][aot] The AOT cache has been truncated.", "damaged"],
    ["[0.051s][warning][aot] Checksum verification failed.", "damaged"],
    ["[0.038s][warning][aot] Unable to read the file header.", "damaged"],
    ["[0.041s][error  ][aot] Unable to map shared spaces", "unfit"],
    ["[0.012s][warning][cds] The shared archive file was created with another collector", "unfit"],
    ["[0.012s][info   ][aot] Opened AOT cache", undefined],
    ["WARN the checksum of a shard is wrong", undefined],
  ])("says in its log what is wrong with it: %s", (line, fault) => {
    expect(archiveFault(line)).toBe(fault);
  });

  it("does not learn what whoever starts the mall tells every JVM", () => {
    const told = { PATH: "/bin", JDK_JAVA_OPTIONS: "-XX:TieredStopAtLevel=1", JAVA_TOOL_OPTIONS: "-Dx=y" };
    expect(untold(told)).toEqual({ PATH: "/bin" });
  });
});
