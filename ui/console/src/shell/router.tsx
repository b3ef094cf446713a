// Which address shows which place. Home comes with the frame, as the window opens on it; every other place is loaded when it
// is first opened.
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { asIpcError } from "../api/ipc.ts";
import Home from "../places/home/home.tsx";
import { Broken } from "./broken.tsx";
import { readSought } from "./rows-sought.ts";
import { Shell } from "./shell.tsx";

const root = createRootRoute({ component: Shell });

const places = [
  createRoute({
    getParentRoute: () => root,
    path: "/",
    component: Home,
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/onboarding/{-$step}",
    component: lazyRouteComponent(() => import("../places/onboarding/onboarding.tsx")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/catalogue/{-$sku}",
    component: lazyRouteComponent(() => import("../places/catalogue/catalogue.tsx")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/pricing",
    component: lazyRouteComponent(() => import("../places/pricing/rule-sets.tsx")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/pricing/$ruleSet/{-$tab}",
    component: lazyRouteComponent(() => import("../places/pricing/rule-set.tsx")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/negotiations/{-$negotiation}",
    validateSearch: readSought,
    component: lazyRouteComponent(() => import("../places/negotiations/negotiations.tsx")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/orders/{-$order}",
    validateSearch: readSought,
    component: lazyRouteComponent(() => import("../places/orders/orders.tsx")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/customers",
    component: lazyRouteComponent(() => import("../places/customers/customers.tsx")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/analytics",
    component: lazyRouteComponent(() => import("../places/analytics/analytics.tsx")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/audit",
    component: lazyRouteComponent(() => import("../places/audit/audit.tsx")),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/{-$section}",
    component: lazyRouteComponent(() => import("../places/settings/settings.tsx")),
  }),
];

export const router = createRouter({
  routeTree: root.addChildren(places),
  history: createHashHistory(),
  defaultErrorComponent: ({ error, reset }) => <Broken cause={asIpcError(error)} again={reset} />,
});
