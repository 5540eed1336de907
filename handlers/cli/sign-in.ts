// `npm run sign-in`: prints a link that signs the administrator in to the console, once.
import { z } from "zod";
import { call, runningInstance } from "./running-instance.ts";

const { link } = z
	.object({ link: z.string() })
	.parse(await call(runningInstance(process.env), "POST", "/api/v1/sign-in-links"));
process.stdout.write(`${link}\n`);
