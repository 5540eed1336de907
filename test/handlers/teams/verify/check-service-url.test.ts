import { serviceUrlProblem } from "../../../../handlers/teams/verify/check-service-url.ts";

it.each([
	"https://smba.trafficmanager.net/emea/",
	"https://smba.trafficmanager.net/amer/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee/",
	"https://SMBA.trafficmanager.net/de/",
	"https://smba.infra.gov.teams.microsoft.us/gcch/",
])("Microsoft's own %s may be spoken to", (url) => {
	expect(serviceUrlProblem(url, [])).toBeUndefined();
});

it.each([
	["http://smba.trafficmanager.net/emea/", "not https"],
	["https://smba.trafficmanager.net:8443/emea/", "not allowed"],
	["https://evil.example/smba.trafficmanager.net/", "not allowed"],
	["https://smba.trafficmanager.net.evil.example/", "not allowed"],
	["https://evilsmba.trafficmanager.net/", "not allowed"],
	["https://smba.trafficmanager.net@evil.example/", "credentials"],
	["https://user:secret@smba.trafficmanager.net/", "credentials"],
	["https://[::ffff:169.254.169.254]/", "not allowed"],
	["file:///etc/passwd", "not allowed"],
	["javascript:alert(1)", "not allowed"],
	["//smba.trafficmanager.net/", "can't be read"],
	["", "can't be read"],
])("case 33: %j may be spoken to only where it is Microsoft's host", (url, words) => {
	expect(serviceUrlProblem(url, [])).toContain(words);
});

it("case 33: an address is judged as it is fetched: a backslash begins the path", () => {
	const url = "https://smba.trafficmanager.net\\@evil.example/";
	expect(serviceUrlProblem(url, [])).toBeUndefined();
	expect(new URL(url).host).toBe("smba.trafficmanager.net");
});

it("a configured host may be spoken to on its port, and without encryption only on loopback", () => {
	expect(serviceUrlProblem("https://gateway.example/teams/", ["gateway.example"])).toBeUndefined();
	expect(serviceUrlProblem("https://gateway.example:8443/", ["gateway.example"])).toContain("not allowed");
	expect(serviceUrlProblem("https://gateway.example:8443/", ["Gateway.example:8443"])).toBeUndefined();
	expect(serviceUrlProblem("http://gateway.example/", ["gateway.example"])).toContain("not https");
	expect(serviceUrlProblem("http://127.0.0.1:3978/", ["127.0.0.1:3978"])).toBeUndefined();
	expect(serviceUrlProblem("http://127.0.0.1:3978/", [])).toContain("not allowed");
});
