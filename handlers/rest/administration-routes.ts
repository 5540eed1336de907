import * as administration from "./administration-handlers.ts";
import * as api from "./administration-schema.ts";
import { type Route, route } from "./route.ts";
import { newSignInCode } from "./sign-in-code-handlers.ts";

/** Who may do what, where messages go, and whether everything works. */
export const ADMINISTRATION_ROUTES: readonly Route[] = [
	route({
		method: "GET",
		path: "/api/v1/people",
		auth: "viewer",
		summary: "Everybody who was seen, with roles and accounts.",
		response: api.PeopleList,
		handler: administration.listPeople,
	}),
	route({
		method: "POST",
		path: "/api/v1/people/roles",
		auth: "admin",
		summary: "Gives the person of an account a role; an account never seen before is known from then on.",
		body: api.RoleRequest,
		response: api.RoleView,
		refusals: [409],
		handler: administration.grantRole,
	}),
	route({
		method: "POST",
		path: "/api/v1/sign-in-codes",
		auth: "admin",
		summary:
			"A new code that signs in to the console once, within 30 minutes: the caller, or the account of the console that is named.",
		body: api.GiveCodeRequest,
		response: api.GivenCodeView,
		refusals: [404],
		handler: newSignInCode,
	}),
	route({
		method: "GET",
		path: "/api/v1/doctor",
		auth: "viewer",
		summary: "Checks the installation: what is wrong, and the one thing to do about each.",
		response: api.DoctorView,
		perMinute: 20,
		handler: administration.runDoctor,
	}),
	route({
		method: "GET",
		path: "/api/v1/routing",
		auth: "viewer",
		summary: "Channels and routes as they count now, in the form of the configuration file.",
		response: "application/yaml",
		handler: administration.exportRouting,
	}),
	route({
		method: "GET",
		path: "/charts/:id(^[\\w-]+).png",
		auth: "none",
		summary: "A chart as a picture, for chat platforms that fetch it by a signed address of ours.",
		query: api.SignedQuery,
		response: "image/png",
		refusals: [404, 410],
		handler: administration.readPicture,
	}),
];
