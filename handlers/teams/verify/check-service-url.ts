/** Where the Bot Connector for Teams lives: the public cloud and Microsoft's clouds for governments. */
const MICROSOFT_HOSTS: readonly string[] = [
	"smba.trafficmanager.net",
	"smba.infra.gcc.teams.microsoft.com",
	"smba.infra.gov.teams.microsoft.us",
	"smba.infra.dod.teams.microsoft.us",
];
const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])$/;

/**
 * Why nothing may be sent to an address that a delivery names, in a few words for the log; undefined where it is on
 * Microsoft's hosts or on one of `extraHosts` (`host` or `host:port`). Plain http is for loopback only. Pure.
 */
export function serviceUrlProblem(serviceUrl: string, extraHosts: readonly string[]): string | undefined {
	if (!URL.canParse(serviceUrl)) return "the service address can't be read";
	const { protocol, host, hostname, username, password } = new URL(serviceUrl);
	if (username !== "" || password !== "") return "the service address holds credentials";
	if (![...MICROSOFT_HOSTS, ...extraHosts.map((name) => name.toLowerCase())].includes(host))
		return "the service address is on a host that is not allowed";
	if (protocol !== "https:" && !(protocol === "http:" && LOOPBACK.test(hostname)))
		return "the service address is not https";
	return undefined;
}
