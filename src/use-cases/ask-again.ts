import type { Approval } from "../domain/approval.ts";

/**
 * What a person says to ask for the same once more. In AWS it is the command that names the remediation with its
 * parameters; on this machine, or where a parameter can't stand in a command, the plan's title. Pure.
 */
export function askAgain({ plan, incidentId }: Pick<Approval, "plan" | "incidentId">): string {
	const { title, remediation, parameters, region } = plan;
	const said = `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
	if (region === undefined) return said;
	const pairs = Object.entries(parameters).map(([name, value]) => {
		const text = String(value);
		return /[\s"]/.test(text) || text === "" ? `${name}="${text}"` : `${name}=${text}`;
	});
	const isWritable = pairs.every((pair) => /^[a-z_]{1,40}=(?:"[^"\n]{0,300}"|[^\s"]{1,300})$/i.test(pair));
	return isWritable
		? ["propose", remediation, ...pairs, ...(incidentId ? ["for", incidentId] : [])].join(" ")
		: said;
}
