import { chooseJdk, parseJavaVersion } from "../../../../embedded/elasticsearch/jdk";

const jdk = (major: number) => ({ home: `/jdk-${major}`, major, version: `${major}.0.1` });

describe("the version of a java", () => {
  it.each([
    ['openjdk version "25.0.1" 2025-10-21 LTS', 25],
    ['openjdk version "21" 2023-09-19', 21],
    ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17],
    ['java version "1.8.0_412"', 8],
    ['openjdk version "26-ea" 2026-03-17', 26],
  ])("is read from %j", (output, major) => {
    expect(parseJavaVersion(output)?.major).toBe(major);
  });

  it.each(["", "command not found", 'version "abc"'])("is not guessed from %j", (output) => {
    expect(parseJavaVersion(output)).toBeUndefined();
  });
});

describe("the JDK that is taken", () => {
  it("is the first new enough, not the newest: who sets JAVA_HOME means it", () => {
    expect(chooseJdk([jdk(17), jdk(21), jdk(25)])).toEqual(jdk(21));
  });

  it("is none where all are too old", () => {
    expect(chooseJdk([jdk(8), jdk(17), jdk(20)])).toBeUndefined();
  });
});
