// `npm run sign-in`: prints a link that signs the administrator in to the console, once.
import { z } from "zod";
import { call, runningInstance } from "./running-instance.ts";

const instance = runningInstance(process.env);
const { code } = z.object({ code: z.string() }).parse(await call(instance, "POST", "/api/v1/sign-in-codes"));
process.stdout.write(`${process.env.PUBLIC_URL ?? instance.url}/sign-in?code=${code}\n`);
