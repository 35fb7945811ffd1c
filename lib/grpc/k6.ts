import grpc from 'k6/net/grpc'

/** What the door takes of k6. */
export const { Client, Stream } = grpc
