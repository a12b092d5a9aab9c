/** Live connections of a whole node on real services: who is let in, what is told and refused, and the package. */
import { whoeverProgramsAgainstIt } from "./package.suite";
import { whatIsRefused } from "./refused.suite";
import { withStage } from "./stage";
import { whatIsTold } from "./told.suite";

// one node for all of them: starting it takes longer than they do
const stage = withStage();

whatIsTold(stage);
whatIsRefused(stage);
whoeverProgramsAgainstIt(stage);
