import { QueryClientProvider } from "@tanstack/react-query";
import { Route, Switch } from "wouter";
import { navigate } from "wouter/use-browser-location";
import { createQueryClient } from "./api/query-client.ts";
import { useSession } from "./api/use-readings.ts";
import { Trouble } from "./components/trouble.tsx";
import { ApprovalsPage } from "./pages/approvals-page.tsx";
import { AskPage } from "./pages/ask-page.tsx";
import { AuditPage } from "./pages/audit-page.tsx";
import { DoctorPage } from "./pages/doctor-page.tsx";
import { IncidentPage } from "./pages/incident-page.tsx";
import { IncidentsPage } from "./pages/incidents-page.tsx";
import { MorePage } from "./pages/more-page.tsx";
import { NotFoundPage } from "./pages/not-found-page.tsx";
import { NowPage } from "./pages/now-page.tsx";
import { PeoplePage } from "./pages/people-page.tsx";
import { RemediationsPage } from "./pages/remediations-page.tsx";
import { SignInPage } from "./pages/sign-in-page.tsx";
import { WatchPage } from "./pages/watch-page.tsx";
import { WatchesPage } from "./pages/watches-page.tsx";
import { Shell } from "./shell/shell.tsx";

const SIGN_IN = "/sign-in";

const queries = createQueryClient(() => {
	const { pathname, search } = window.location;
	if (pathname === SIGN_IN) return;
	const next = pathname + search;
	navigate(next === "/" ? SIGN_IN : `${SIGN_IN}?next=${encodeURIComponent(next)}`, { replace: true });
});

/** The console: sign-in, or the pages for a person who is signed in. */
export function App() {
	return (
		<QueryClientProvider client={queries}>
			<Switch>
				<Route path={SIGN_IN}>
					<SignInPage />
				</Route>
				<Route>
					<SignedIn />
				</Route>
			</Switch>
		</QueryClientProvider>
	);
}

function SignedIn() {
	const session = useSession();
	if (!session.data) return session.error ? <Trouble error={session.error} whole /> : null;
	return (
		<Shell session={session.data}>
			<Switch>
				<Route path="/">
					<NowPage session={session.data} />
				</Route>
				<Route path="/incidents">
					<IncidentsPage />
				</Route>
				<Route path="/incidents/:id">{({ id }) => <IncidentPage key={id} id={id} />}</Route>
				<Route path="/ask">
					<AskPage session={session.data} />
				</Route>
				<Route path="/watches">
					<WatchesPage session={session.data} />
				</Route>
				<Route path="/watches/:name">
					{({ name }) => <WatchPage key={name} name={name} session={session.data} />}
				</Route>
				<Route path="/approvals/:id?">{({ id }) => <ApprovalsPage selectedId={id} />}</Route>
				<Route path="/remediations">
					<RemediationsPage session={session.data} />
				</Route>
				<Route path="/audit">
					<AuditPage />
				</Route>
				<Route path="/people">
					<PeoplePage session={session.data} />
				</Route>
				<Route path="/doctor">
					<DoctorPage />
				</Route>
				<Route path="/more">
					<MorePage session={session.data} />
				</Route>
				<Route>
					<NotFoundPage />
				</Route>
			</Switch>
		</Shell>
	);
}
