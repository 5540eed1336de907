import { Link } from "wouter";
import { PageHead } from "../components/page-head.tsx";

/** For an address that names nothing. */
export function NotFoundPage() {
	return (
		<div className="stack close start">
			<PageHead lead="The address may be old, or mistyped.">There is nothing at this address.</PageHead>
			<Link href="/" className="button">
				Go to Now
			</Link>
		</div>
	);
}
