// What the screens read and write: TanStack Query over the IPC. Which reads a change spoils comes from the
// host, as tags; no screen decides that for itself.
import {
  QueryClient,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { Tag } from "./bindings.ts";
import { asIpcError, type Ipc, type IpcError, ipc, onChanged, provides, type Verb } from "./ipc.ts";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: IpcError;
  }
}

export function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // the host says when something changed: nothing grows old by itself
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        networkMode: "always",
        retry: (count, error) => asIpcError(error).code === "internal" && count < 1,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

type Args<V extends Verb> = Parameters<Ipc[V]>;
type Answer<V extends Verb> = Awaited<ReturnType<Ipc[V]>>;

export function reading<V extends Verb>(verb: V, ...args: Args<V>) {
  return queryOptions<Answer<V>, IpcError>({
    queryKey: [verb, ...args],
    queryFn: () => (ipc[verb] as (...given: Args<V>) => Promise<Answer<V>>)(...args),
  });
}

/** Reads through the cache; read again when the host says that it changed. */
export function useRead<V extends Verb>(verb: V, ...args: Args<V>) {
  return useQuery(reading(verb, ...args));
}

/** As `useRead`, but waits until there is something to ask with. */
export function useReadWhen<V extends Verb>(ready: boolean, verb: V, ...args: Args<V>) {
  return useQuery({ ...reading(verb, ...args), enabled: ready });
}

interface PageOf<Row> {
  items: Row[];
  next?: string | null;
  total?: number | null;
}

/** A list that is read page by page as it is scrolled. `verb` only names it for the cache. */
export function usePages<Row>(
  verb: Verb,
  ask: (after: string | null) => Promise<PageOf<Row>>,
  ...key: unknown[]
) {
  const query = useInfiniteQuery({
    queryKey: [verb, "pages", ...key],
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page: PageOf<Row>) => page.next ?? null,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const total = query.data?.pages[0]?.total ?? null;
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  return {
    rows,
    total,
    more,
    error: query.error,
    loading: query.isPending,
    /** What is shown answers the question before this one. */
    stale: query.isPlaceholderData,
    refetch: query.refetch,
  };
}

/** Does one thing; its failure is an IpcError for the screen to show. */
export function useWrite<V extends Verb>(verb: V) {
  return useMutation<Answer<V>, IpcError, Args<V>>({
    mutationFn: (args) => (ipc[verb] as (...given: Args<V>) => Promise<Answer<V>>)(...args),
  });
}

/** Keeps what is shown true: reads again whatever carries a tag that the host named. */
export function useFollowChanges() {
  const client = useQueryClient();
  useEffect(
    () =>
      onChanged(
        ({ tags }) => {
          void client.invalidateQueries({
            predicate: ({ queryKey }) => carries(queryKey[0] as Verb, tags),
          });
        },
        // what was read before anybody listened may have changed meanwhile
        () => void client.invalidateQueries(),
      ),
    [client],
  );
}

function carries(verb: Verb, tags: readonly Tag[]): boolean {
  return provides(verb).some((tag) => tags.includes(tag));
}
